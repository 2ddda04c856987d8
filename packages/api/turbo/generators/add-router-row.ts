import type { Names } from './read-names.ts'

/** Adds the import of a procedure and its row to the text of `router.ts`. */
export function addRouterRow(text: string, { group, name, file, path }: Names): string {
  if (text.includes(`from './${group}/${file}.ts'`)) {
    throw new Error(`${path} is in the router already. Choose another name.`)
  }
  // Two groups may each have a `generate`.
  const taken = new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\}`).test(text)
  const local = taken ? `${group}${name[0]?.toUpperCase()}${name.slice(1)}` : name
  const imported = taken ? `${name} as ${local}` : name
  const field = taken ? `${name}: ${local}` : name
  const line = `import { ${imported} } from './${group}/${file}.ts'\n`
  return addField(text.replace(/(?=^import \{ router \})/m, line), group, field)
}

function addField(text: string, group: string, field: string): string {
  const existing = new RegExp(`^( {2}${group}: \\{)([^}]*?),?\\s*\\}`, 'm')
  const added = existing.test(text)
    ? text.replace(
        existing,
        (_row, start: string, fields: string) => `${start}${fields}, ${field} }`,
      )
    : text.replace(/^(const sold = \{\n(?:.*\n)*?)\}/m, `$1  ${group}: { ${field} },\n}`)
  if (added === text)
    throw new Error('router.ts has no table `sold` any more; add the row by hand.')
  return added
}
