import { GeneratorRefusal } from './generator-refusal.ts'
import type { Names } from './read-names.ts'

/** Adds the import of a procedure and its row to the text of `router.ts`. */
export function addRouterRow(text: string, names: Names): string {
  const { group, folder, name, file, path } = names
  if (text.includes(`from './${folder}/${file}.ts'`)) {
    throw new GeneratorRefusal(`${path} is in the router already. Choose another name.`)
  }
  const local = freeName(text, names)
  const imported = local === name ? name : `${name} as ${local}`
  const field = local === name ? name : `${name}: ${local}`
  const line = `import { ${imported} } from './${folder}/${file}.ts'\n`
  return addField(text.replace(/(?=^import \{ router \})/m, line), group, field)
}

/** The local name of a procedure in `router.ts`: two groups may each have a `generate`, and a third `textGenerate`. */
function freeName(text: string, { group, name, path }: Names): string {
  const long = `${group}${name[0]?.toUpperCase()}${name.slice(1)}`
  const isTaken = (local: string) =>
    new RegExp(`^import \\{[^}]*\\b${local}\\b[^}]*\\}`, 'm').test(text)
  const free = [name, long, `${long}Procedure`].find((local) => !isTaken(local))
  if (free === undefined)
    throw new GeneratorRefusal(`${path} has no free name in router.ts. Choose another.`)
  return free
}

function addField(text: string, group: string, field: string): string {
  const existing = new RegExp(`^( {2}${group}: \\{)([^}]*?),?\\s*\\}`, 'm')
  const added = existing.test(text)
    ? text.replace(existing, (_row, start: string, fields: string) =>
        fields.trim() === '' ? `${start} ${field} }` : `${start}${fields}, ${field} }`,
      )
    : text.replace(/^(const sold = \{\n(?:.*\n)*?)\}/m, `$1  ${group}: { ${field} },\n}`)
  if (added === text)
    throw new GeneratorRefusal('router.ts has no table `sold` any more; add the row by hand.')
  return added
}
