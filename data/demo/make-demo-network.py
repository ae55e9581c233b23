#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes jiangsu.json, the compact form of the demo network that the simulator embeds.

usage: make-demo-network.py FOLDER > jiangsu.json

FOLDER holds routes.json, nodes.geojson and sections.geojson of the compiled Jiangsu network. Only
the sections in the direction of growing stakes are kept; the simulator reverses them at load.
Coordinates are whole numbers of 1e-5 degrees; lines are a first point and differences.
"""
import json
import re
import sys

PLACES = {
    '上海': 'Shanghai', '北京': 'Beijing', '成都': 'Chengdu', '海口': 'Haikou', '沈阳': 'Shenyang',
    '深圳': 'Shenzhen', '长春': 'Changchun', '西安': "Xi'an", '霍尔果斯': 'Khorgos',
    '连云港': 'Lianyungang', '福州': 'Fuzhou', '洛阳': 'Luoyang', '南京': 'Nanjing', '芜湖': 'Wuhu',
    '武汉': 'Wuhan', '徐州': 'Xuzhou', '淮安': "Huai'an", '盐城': 'Yancheng', '靖江': 'Jingjiang',
    '台州': 'Taizhou (Zhejiang)', '常熟': 'Changshu', '嘉善': 'Jiashan', '溧阳': 'Liyang',
    '扬州': 'Yangzhou', '阜宁': 'Funing', '无锡': 'Wuxi', '南通': 'Nantong', '宜兴': 'Yixing',
    '江都': 'Jiangdu', '常州': 'Changzhou', '苏州': 'Suzhou', '重庆': 'Chongqing', '启东': 'Qidong',
    '新沂': 'Xinyi', '明光': 'Mingguang', '济宁': 'Jining', '贾汪': 'Jiawang', '宿迁': 'Suqian',
    '滨海': 'Binhai', '蚌埠': 'Bengbu', '宣城': 'Xuancheng', '宁德': 'Ningde', '和县': 'Hexian',
    '洋口港': 'Yangkou Port', '大丰港': 'Dafeng Port', '江阴': 'Jiangyin',
}
RINGS = {'内圈': 'inner ring', '外圈': 'outer ring'}


def direction(zh):
    en = RINGS.get(zh) or 'towards ' + PLACES[zh.removesuffix('方向')]
    return {'zh-CN': zh, 'en': en}


def shield(route):
    if route['code_confidence'] == 'none':
        return 'other'
    return 'national' if route['code'].startswith('G') else 'provincial'


def short_en(p):
    name = re.sub(r' \([^)]*\)$', '', p['name_en'])
    return name.removesuffix(' Toll Station') if p['kind'] == 'toll' else name


def main(folder):
    def load(name):
        with open(f'{folder}/{name}', encoding='utf-8') as f:
            return json.load(f)

    routes = load('routes.json')['routes']
    nodes = load('nodes.geojson')['features']
    sections = [f for f in load('sections.geojson')['features'] if f['properties']['dir'] == 'asc']
    route_index = {r['code']: i for i, r in enumerate(routes)}
    node_index = {f['id']: i for i, f in enumerate(nodes)}
    fixed = lambda x: round(x * 100000)
    stake = {(r['code'], n['id']): round(n['stake_km'] * 1000) for r in routes for n in r['nodes']}
    out = []
    out.append('{"version": "jiangsu-demo-1",')
    out.append('"credit": "Compiled for demonstration; not survey data. '
               '12 boundary points © OpenStreetMap contributors, ODbL.",')
    out.append('"routes": [')
    dump = lambda x: json.dumps(x, ensure_ascii=False, separators=(',', ':'))
    out.append(',\n'.join(dump([r['code'], r['name'], r['name_en'], shield(r),
                                direction(r['dir_asc']), direction(r['dir_desc'])])
                          for r in routes))
    out.append('],\n"nodes": [')
    rows = []
    for f in nodes:
        p = f['properties']
        lon, lat = f['geometry']['coordinates']
        short = re.sub(r'\([^)]*\)$', '', p['short'])
        route = p['routes'][0]
        rows.append(dump([p['id'], p['kind'], p['name'], short, p['name_en'], short_en(p),
                          fixed(lon), fixed(lat), route_index[route], stake[route, p['id']]]))
    out.append(',\n'.join(rows))
    out.append('],\n"sections": [')
    rows = []
    for f in sections:
        p = f['properties']
        line = []
        last = (0, 0)
        for lon, lat in f['geometry']['coordinates']:
            point = (fixed(lon), fixed(lat))
            line += [point[0] - last[0], point[1] - last[1]]
            last = point
        rows.append(dump([p['id'].removesuffix('-A'), route_index[p['route']],
                          [route_index[r] for r in p['also_routes']],
                          node_index[p['from_node']], node_index[p['to_node']],
                          round(p['stake_from'] * 1000), round(p['stake_to'] * 1000),
                          p['length_m'], p['lanes'], p['speed_limit'],
                          [node_index[n] for n in p['facilities']], line]))
    out.append(',\n'.join(rows))
    out.append(']}')
    print('\n'.join(out))


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
