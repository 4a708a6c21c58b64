export default {
  // The cluster map.
  'map.tools': 'Map',
  'map.in': 'Zoom in',
  'map.in.tip': 'Zoom in\n+ on the map; the wheel after a click on it',
  'map.out': 'Zoom out',
  'map.out.tip': 'Zoom out\n− on the map; the wheel after a click on it',
  'map.whole': 'Show all',
  'map.whole.tip': 'Show all\n0 on the map',
  'map.lasso': 'Lasso',
  'map.lasso.tip': 'Lasso\nDraw around records; or drag with Shift; L takes all in view. Escape lets go',
  'map.wheel': 'Click the map, or hold Ctrl, to zoom',
  'map.legend': 'Colours',
  'map.keys':
    'Arrows move the map, plus and minus zoom, 0 shows all, Enter selects the record in the middle, L takes all records in view, Escape lets go of a lasso.',
};
