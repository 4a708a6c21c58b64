/** The part of the map that is shown: for the page, which draws over the worker's picture. */
export { fit, panned, toPixel, toPlane, zoomed, type Bounds, type Viewport } from '$lib/clusters/map/view';
