/** Drawing points of the plane: a grid of them, a raster with its colours, a cut in hand, what lies under the pointer. */
export { categoryTints, CLASSES, valueTints, type Inks, type Rgb, type ShownClass, type Tints } from './colour';
export { MapDrag } from './drag';
export { buildGrid, nearestSlot, type PointGrid } from './grid';
export { insidePolygon } from './lasso';
export { Raster } from './raster';
export { fit, panned, toPixel, toPlane, zoomed, type Bounds, type Viewport } from './view';
