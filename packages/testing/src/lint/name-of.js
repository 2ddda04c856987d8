/** The last name of an expression: `a` of `a`, `c` of `a.b.c` and of `a.b.c()`; null when it has none. */
export function nameOf(node) {
  if (node?.type === 'CallExpression') return nameOf(node.callee)
  if (node?.type === 'MemberExpression') return propertyName(node)
  return node?.type === 'Identifier' ? node.name : null
}

function propertyName({ computed, property }) {
  if (!computed) return property.name
  return property.type === 'Literal' ? String(property.value) : null
}
