#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes symbols.json and basemap.json from their sources, once, by hand:

    convert.py symbols DIR_OF_SVG > symbols.json
    convert.py basemap DIR_OF_GEOJSON > basemap.json

symbols.json: by name a list of pieces [fill rule "e" or "n", outline], outlines with absolute
M, L, C and Z only. basemap.json: coordinates in 1/10,000 degree, each line or ring as
[lon, lat, then differences], polygons as lists of rings.
"""
import json
import math
import pathlib
import re
import sys
import xml.etree.ElementTree as ET


def arc(x0, y0, rx, ry, turn, large, sweep, x, y):
    """An SVG arc as cubics (SVG 2, appendix B.2)."""
    if (x0, y0) == (x, y):
        return []
    p = math.radians(turn)
    cp, sp = math.cos(p), math.sin(p)
    dx, dy = (x0 - x) / 2, (y0 - y) / 2
    ux, uy = cp * dx + sp * dy, -sp * dx + cp * dy
    lam = (ux / rx) ** 2 + (uy / ry) ** 2
    if lam > 1:
        rx, ry = rx * math.sqrt(lam), ry * math.sqrt(lam)
    num = (rx * ry) ** 2 - (rx * uy) ** 2 - (ry * ux) ** 2
    f = math.sqrt(max(0, num / ((rx * uy) ** 2 + (ry * ux) ** 2)))
    if large == sweep:
        f = -f
    vx, vy = f * rx * uy / ry, -f * ry * ux / rx
    cx, cy = cp * vx - sp * vy + (x0 + x) / 2, sp * vx + cp * vy + (y0 + y) / 2
    a = math.atan2((uy - vy) / ry, (ux - vx) / rx)
    b = math.atan2((-uy - vy) / ry, (-ux - vx) / rx)
    if sweep and b < a:
        b += 2 * math.pi
    if not sweep and b > a:
        b -= 2 * math.pi
    n = max(1, math.ceil(abs(b - a) / (math.pi / 2) - 1e-6))
    step = (b - a) / n
    k = 4 / 3 * math.tan(step / 4)
    out = []

    def at(ex, ey):
        return cp * rx * ex - sp * ry * ey + cx, sp * rx * ex + cp * ry * ey + cy
    for i in range(n):
        t, u = a + i * step, a + (i + 1) * step
        out.append(("C", *at(math.cos(t) - k * math.sin(t), math.sin(t) + k * math.cos(t)),
                    *at(math.cos(u) + k * math.sin(u), math.sin(u) - k * math.cos(u)),
                    *at(math.cos(u), math.sin(u))))
    return out


COUNT = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "A": 7, "Z": 0}


def tokens(d):
    """Commands with their numbers; flags of arcs may stand without a space."""
    for command, rest in re.findall(r"([MLHVCSAZmlhvcsaz])([^MLHVCSAZmlhvcsaz]*)", d):
        number = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?"
        if command in "Aa":
            for m in re.finditer(rf"({number})[ ,]*({number})[ ,]*({number})[ ,]*([01])[ ,]*([01])"
                                 rf"[ ,]*({number})[ ,]*({number})", rest):
                yield command, [float(v) for v in m.groups()]
            continue
        values = [float(v) for v in re.findall(number, rest)]
        need = COUNT[command.upper()]
        if need == 0:
            yield command, []
        for i in range(0, len(values), need or 1):
            if need:
                yield command, values[i:i + need]
                if command in "Mm":
                    command = "L" if command == "M" else "l"


def outline(d):
    out, x, y, start, control = [], 0.0, 0.0, (0.0, 0.0), None
    for command, v in tokens(d):
        big = command.upper()
        if command != big and big not in "AHVZ":
            v = [n + (x if i % 2 == 0 else y) for i, n in enumerate(v)]
        elif command == "a":
            v = v[:5] + [v[5] + x, v[6] + y]
        elif command == "h":
            v = [v[0] + x]
        elif command == "v":
            v = [v[0] + y]
        last, control = control, None
        if big == "M":
            out.append(("M", *v))
            start = (x, y) = v
        elif big in "LHV":
            x, y = v if big == "L" else (v[0], y) if big == "H" else (x, v[0])
            out.append(("L", x, y))
        elif big in "CS":
            if big == "S":
                v = list((2 * x - last[0], 2 * y - last[1]) if last else (x, y)) + v
            out.append(("C", *v))
            control, (x, y) = v[2:4], v[4:6]
        elif big == "A":
            out += arc(x, y, *v)
            x, y = v[5:7]
        else:
            out.append(("Z",))
            x, y = start
    number = lambda n: f"{n:.3f}".rstrip("0").rstrip(".").replace("-0.", "-.") or "0"
    return "".join(c[0] + " ".join(number(n) for n in c[1:]) for c in out)


def pieces(path):
    svg = "{http://www.w3.org/2000/svg}"
    return [["e" if p.get("fill-rule") == "evenodd" else "n", outline(p.get("d"))]
            for p in ET.parse(path).iter(svg + "path")]


def symbols(folder):
    out = {}
    for path in sorted(folder.glob("rn-*-symbolic.svg")):
        name = path.name[3:-len("-symbolic.svg")]
        if re.match(r"incident-|weather-|works$|service-|toll-|interch|bridge|tunnel|border|camera|"
                    r"sign$|checkpoint", name):
            out[name] = pieces(path)
    for tier in range(1, 5):
        shape, numeral = pieces(folder / f"map-tier-{tier}-dark.svg")
        out[f"tier-{tier}-shape"], out[f"tier-{tier}-numeral"] = [shape], [numeral]
    rows = [f" {json.dumps(k)}: {json.dumps(v, separators=(',', ':'))}" for k, v in out.items()]
    print("{\n" + ",\n".join(rows) + "\n}")


def deltas(points):
    """[lon, lat, differences]; consecutive equal points fall away."""
    out, px, py = [], None, None
    for lon, lat in points:
        x, y = round(lon * 1e4), round(lat * 1e4)
        if px is None:
            out += [x, y]
        elif (x, y) != (px, py):
            out += [x - px, y - py]
        px, py = x, y
    return out


def features(folder, name):
    return json.loads((folder / f"{name}.geojson").read_text(encoding="utf-8"))["features"]


def polygons(folder, name):
    out = []
    for f in features(folder, name):
        g = f["geometry"]
        polys = g["coordinates"] if g["type"] == "MultiPolygon" else [g["coordinates"]]
        out += [[deltas(r[:-1] if r[0] == r[-1] else r) for r in p] for p in polys]
    return out


def lines(folder, name, want=lambda p: True):
    out = []
    for f in features(folder, name):
        if want(f["properties"]):
            g = f["geometry"]
            parts = g["coordinates"] if g["type"] == "MultiLineString" else [g["coordinates"]]
            out += [[f["properties"].get("rank") or 0, deltas(p)] for p in parts]
    return out


def basemap(folder):
    names = []
    for name, kinds in (("places", None), ("labels", True)):
        for f in features(folder, name):
            p = f["properties"]
            kind = p["kind"] if kinds else "city" if p["min_zoom"] <= 6 else "town"
            text = {k: v for k, v in (("zh-CN", p["name"]), ("en", p["name_en"])) if v}
            names.append([kind, p.get("rank") or 1, p["min_zoom"], *f["geometry"]["coordinates"],
                          text])
    layers = {
        "box": [113, 28, 125, 38],
        "land": polygons(folder, "land"),
        "lakes": polygons(folder, "lakes"),
        "river_areas": polygons(folder, "river_areas"),
        "rivers": lines(folder, "rivers", lambda p: p["kind"] == "river"),
        "canals": lines(folder, "grand_canal"),
        "boundaries": lines(folder, "province_lines"),
        "names": names,
    }
    rows = [f" {json.dumps(k)}: {json.dumps(v, separators=(',', ':'), ensure_ascii=False)}"
            for k, v in layers.items()]
    print("{\n" + ",\n".join(rows) + "\n}")


if __name__ == "__main__":
    {"symbols": symbols, "basemap": basemap}[sys.argv[1]](pathlib.Path(sys.argv[2]))
