export default {
  // 聚类图。
  'map.tools': '地图',
  'map.in': '放大',
  'map.in.tip': '放大\n在图上按 +；点一下图后可用滚轮',
  'map.out': '缩小',
  'map.out.tip': '缩小\n在图上按 −；点一下图后可用滚轮',
  'map.whole': '显示全部',
  'map.whole.tip': '显示全部\n在图上按 0',
  'map.lasso': '套索',
  'map.lasso.tip': '套索\n圈出记录；也可按住 Shift 拖动；按 L 选取视野内的全部记录。Esc 放开',
  'map.wheel': '点一下地图，或按住 Ctrl，即可缩放',
  'map.legend': '颜色',
  'map.keys': '方向键移动，加减号缩放，0 显示全部，回车选中正中的记录，L 选取视野内的全部记录，Esc 放开套索。',
};
