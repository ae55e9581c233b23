/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Capabilities of a made-up WMTS, as services write them: prefixes, several sets, free names of
 * levels, limits. */
#pragma once

#define CAPABILITIES_HEAD                                                                          \
  "<?xml version='1.0'?>\n<!-- made up -->\n<Capabilities version='1.0.0'"                         \
  " xmlns='http://www.opengis.net/wmts/1.0' xmlns:ows='http://www.opengis.net/ows/1.1'"            \
  " xmlns:xlink='http://www.w3.org/1999/xlink'>"                                                   \
  "<ows:ServiceProvider><ows:ProviderName>© Surveyors</ows:ProviderName></ows:ServiceProvider>"
#define CAPABILITIES_LAYER(id, extra, link)                                                        \
  "<Layer><ows:Title>Title of " id "</ows:Title><ows:Identifier>" id "</ows:Identifier>"           \
  "<Style><ows:Identifier>night</ows:Identifier></Style>"                                          \
  "<Style isDefault='true'><ows:Identifier>day &amp; dusk</ows:Identifier></Style>" extra          \
  "<TileMatrixSetLink>" link "</TileMatrixSetLink></Layer>"
#define CAPABILITIES_MATRIX(id, scale, n)                                                          \
  "<TileMatrix><ows:Identifier>" id "</ows:Identifier><ScaleDenominator>" scale                    \
  "</ScaleDenominator><TopLeftCorner>-20037508.342787 20037508.342787</TopLeftCorner>"             \
  "<TileWidth>256</TileWidth><TileHeight>256</TileHeight><MatrixWidth>" n                          \
  "</MatrixWidth><MatrixHeight>" n "</MatrixHeight></TileMatrix>"
#define CAPABILITIES_SETS                                                                          \
  "<TileMatrixSet><ows:Identifier>geo</ows:Identifier>"                                            \
  "<ows:SupportedCRS>urn:ogc:def:crs:EPSG::4326</ows:SupportedCRS>"                                \
  "<TileMatrix><ows:Identifier>0</ows:Identifier>"                                                 \
  "<ScaleDenominator>2.795411320143589E8</ScaleDenominator><TopLeftCorner>90 -180</TopLeftCorner>" \
  "<TileWidth>256</TileWidth><TileHeight>256</TileHeight></TileMatrix></TileMatrixSet>"            \
  "<TileMatrixSet><ows:Identifier>web</ows:Identifier>"                                            \
  "<ows:SupportedCRS>urn:ogc:def:crs:EPSG:6.18.3:3857</ows:SupportedCRS>"                          \
  CAPABILITIES_MATRIX ("level 3", "69885283.00358972", "8")                                        \
  CAPABILITIES_MATRIX ("level 4", "34942641.50179486", "16")                                       \
  CAPABILITIES_MATRIX ("level 5", "17471320.75089743", "32")                                       \
  CAPABILITIES_MATRIX ("odd", "20000000", "32")                                                    \
  "</TileMatrixSet>"
#define CAPABILITIES_LIMITS(level, min_row, max_row, min_col, max_col)                             \
  "<TileMatrixLimits><TileMatrix>" level "</TileMatrix><MinTileRow>" min_row                       \
  "</MinTileRow><MaxTileRow>" max_row "</MaxTileRow><MinTileCol>" min_col                          \
  "</MinTileCol><MaxTileCol>" max_col "</MaxTileCol></TileMatrixLimits>"

#define CAPABILITIES                                                                               \
  CAPABILITIES_HEAD                                                                                \
  "<Contents>"                                                                                     \
  CAPABILITIES_LAYER ("degrees", "<Format>image/png</Format>",                                     \
                      "<TileMatrixSet>geo</TileMatrixSet>")                                        \
  CAPABILITIES_LAYER ("vectors", "<Format>application/x-protobuf</Format>",                        \
                      "<TileMatrixSet>web</TileMatrixSet>")                                        \
  CAPABILITIES_LAYER ("streets", "<Format>image/jpeg</Format><Format>image/png</Format>",          \
                      "<TileMatrixSet>geo</TileMatrixSet></TileMatrixSetLink><TileMatrixSetLink>"  \
                      "<TileMatrixSet>web</TileMatrixSet>")                                        \
  CAPABILITIES_LAYER ("aerial", "<Format>image/jpeg</Format>",                                     \
                      "<TileMatrixSet>web</TileMatrixSet><TileMatrixSetLimits>"                    \
                      CAPABILITIES_LIMITS ("level 4", "5", "7", "12", "14")                        \
                      "</TileMatrixSetLimits>")                                                    \
  CAPABILITIES_SETS "</Contents></Capabilities>"
