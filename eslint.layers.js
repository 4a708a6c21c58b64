import path from 'node:path';

/** Who may know whom: each folder of src/lib and the folders it may import (DESIGN: one direction, nothing reaches back). */
const science = [
  'text',
  'record',
  'formats',
  'columns',
  'duplicates',
  'embedding',
  'clusters',
  'diversity',
  'labels',
  'selection',
  'sampling',
  'augmentation',
  'health',
];
const allowed = { text: [], record: [] };
science.slice(2).forEach((folder, i) => (allowed[folder] = science.slice(0, i + 2)));
allowed.recipe = science;
allowed.engine = [...science, 'recipe'];
allowed.i18n = ['columns', 'embedding', 'engine', 'formats', 'health', 'recipe', 'record'];
allowed.ui = ['engine', 'recipe', 'columns', 'record', 'i18n'];
allowed.report = ['engine', 'recipe', 'columns', 'record', 'health', 'i18n', 'ui'];
allowed.notebook = ['engine', 'recipe', 'columns', 'embedding', 'record', 'health', 'labels', 'i18n', 'ui', 'report'];
/** Outside src/lib: the runners do not know each other, and only the page knows Svelte's side. */
const outside = {
  cli: [...science, 'recipe', 'i18n', 'report'],
  spark: [...science, 'recipe'],
  routes: ['notebook', 'engine', 'i18n', 'ui'],
};

function place(file, root) {
  const parts = path.relative(root, file).split(path.sep);
  if (parts[0] === 'src' && parts[1] === 'lib') return { folder: parts[2], inLib: true };
  if (parts[0] === 'src' && parts[1] === 'routes') return { folder: 'routes', inLib: false };
  return { folder: parts[0], inLib: false };
}

/** ESLint rule: an import may only point at a folder that stands above its own. */
export default {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const root = context.cwd;
    const from = place(context.filename, root);
    const may = from.inLib ? allowed[from.folder] : outside[from.folder];
    if (!may) return {};
    const check = (node) => {
      const source = node.source?.value;
      if (typeof source !== 'string') return;
      const target = source.startsWith('$lib/')
        ? path.join(root, 'src/lib', source.slice(5))
        : source.startsWith('.')
          ? path.resolve(path.dirname(context.filename), source)
          : null;
      if (!target) {
        if (science.includes(from.folder) && /^(node:|svelte|\$app)/.test(source))
          context.report({ node, message: `${from.folder} is plain TypeScript: it may not import ${source}` });
        return;
      }
      const to = place(target, root);
      if (to.folder === from.folder && to.inLib === from.inLib) return;
      if (!to.inLib && !from.inLib) {
        if (outside[to.folder]) context.report({ node, message: `${from.folder} may not know ${to.folder}` });
        return;
      }
      if (!to.inLib || !may.includes(to.folder))
        context.report({ node, message: `${from.folder} may not know ${to.folder} (see eslint.layers.js)` });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};
