/** Visits every way of importing a module: static and dynamic import, re-export, `require`. Reports whether only types are imported. */
export function visitImports(visit) {
  const report = (node, source, onlyTypes) => {
    if (typeof source?.value === 'string') visit(node, source.value, onlyTypes)
  }
  return {
    ImportDeclaration(node) {
      const onlyTypes = node.importKind === 'type' || allTypes(node.specifiers, 'importKind')
      report(node, node.source, onlyTypes)
    },
    ExportNamedDeclaration(node) {
      const onlyTypes = node.exportKind === 'type' || allTypes(node.specifiers, 'exportKind')
      report(node, node.source, onlyTypes)
    },
    ExportAllDeclaration(node) {
      report(node, node.source, node.exportKind === 'type')
    },
    ImportExpression(node) {
      report(node, node.source, false)
    },
    CallExpression(node) {
      if (node.callee.name === 'require') report(node, node.arguments[0], false)
    },
  }
}

// `import {} from 'x'` still executes x.
function allTypes(specifiers, kind) {
  return specifiers.length > 0 && specifiers.every((specifier) => specifier[kind] === 'type')
}
