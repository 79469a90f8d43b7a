/**
 * Why: an arrow is drawn by whatever makes one module depend on another, and TypeScript has a dozen ways to write that. All
 * of them are read from the syntax tree, because text that looks like an import may stand in a comment or a string.
 */
import { parseSync } from 'vite';

/**
 * What a module depends on: each specifier as written, and how strongly. `type` is gone when it runs, `lazy` is loaded
 * when it is asked for, `static` with the module. A specifier that is put together at run time has `*` for what is not
 * known; one of which nothing is known is `*`.
 */
export function importsOf(file, text) {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new SyntaxError(`${file}: ${errors[0].message}`);
  const found = [];
  const requires = new Set(['require']);
  visit(program, (node) => {
    if (node.type === 'VariableDeclarator' && isCreateRequire(node.init)) requires.add(node.id.name);
    const [how, source] = dependency(node, requires) ?? [];
    if (source) found.push({ specifier: specifierOf(source), how });
  });
  return found;
}

function dependency(node, requires) {
  switch (node.type) {
    case 'ImportDeclaration':
      return [node.importKind === 'type' ? 'type' : 'static', node.source];
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return [node.exportKind === 'type' ? 'type' : 'static', node.source];
    case 'TSExternalModuleReference':
      return ['static', node.expression];
    case 'TSImportType':
      return ['type', node.source];
    case 'TSModuleDeclaration':
      // One with a pattern for its name adds to no module.
      return node.id.type === 'Literal' && !node.id.value.includes('*') ? ['type', node.id] : undefined;
    case 'ImportExpression':
      return ['lazy', node.source];
    case 'CallExpression':
    case 'NewExpression':
      return loading(node, requires);
  }
}

/** `require('…')` and its like, `….resolve('…')`, and a module beside this one: `f('./…', import.meta.url)`. */
function loading({ callee, arguments: [first, second] }, requires) {
  const isRequire = (node) => requires.has(node.name) || isCreateRequire(node);
  const called = callee.property?.name;
  if (isRequire(callee) || called === 'getBuiltinModule') return ['lazy', first];
  if (called === 'resolve' && isRequire(callee.object)) return ['lazy', first];
  if ((called === 'resolve' || called === 'glob') && isImportMeta(callee.object)) return ['lazy', first];
  const isBeside = isImportMeta(second?.object) && second.property.name === 'url';
  if (isBeside && /^\.{1,2}\/.*\.[cm]?[jt]sx?$/.test(specifierOf(first))) return ['lazy', first];
}

function isCreateRequire(node) {
  return node?.callee?.name === 'createRequire' || node?.callee?.property?.name === 'createRequire';
}

function isImportMeta(node) {
  return node?.type === 'MetaProperty';
}

function specifierOf(source) {
  if (typeof source.value === 'string') return source.value;
  return source.type === 'TemplateLiteral' ? source.quasis.map(({ value }) => value.cooked).join('*') : '*';
}

function visit(node, take) {
  if (Array.isArray(node)) for (const one of node) visit(one, take);
  else if (typeof node?.type === 'string') {
    take(node);
    for (const child of Object.values(node)) if (typeof child === 'object') visit(child, take);
  }
}
