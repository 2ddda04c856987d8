/** Finds the first node in a syntax tree for which `matches` holds, or null. */
export function findNode(root, matches) {
  if (root === null || typeof root !== 'object') return null
  if (typeof root.type === 'string' && matches(root)) return root
  for (const [field, child] of Object.entries(root)) {
    // `parent` would make the search cyclic.
    if (field === 'parent') continue
    const found = Array.isArray(child)
      ? (child.map((item) => findNode(item, matches)).find(Boolean) ?? null)
      : findNode(child, matches)
    if (found) return found
  }
  return null
}
