import { nearestSlug } from '@tollgate/contract'
import { catalog } from '@tollgate/contract/catalog'
import { GeneratorRefusal } from './generator-refusal.ts'
import { whyReserved } from './reserved-name.ts'

/** The names of what is generated, in every spelling that is needed. */
export type Names = {
  /** Group of the router: "text". */
  group: string
  /** Its folder: "text". */
  folder: string
  /** Name of the procedure: "shortenText". */
  name: string
  /** File name without extension: "shorten-text". */
  file: string
  /** Full name: "text.shortenText". */
  path: string
  meter: string
}

const IDENTIFIER = /^[a-z][A-Za-z0-9]*$/

/** Validates the request; throws an error that says what to write instead. */
export function readNames(asked: { group: string; name: string; meter: string }): Names {
  const group = identifier('group', asked.group)
  if (group === 'billing') {
    throw new GeneratorRefusal(
      '"billing" is the group of the billing router, which is free. Choose another group.',
    )
  }
  const name = identifier('name', asked.name)
  const meter = meterOf(asked.meter)
  const [folder, file] = [kebabCase(group), kebabCase(name)]
  return { group, folder, name, file, path: `${group}.${name}`, meter }
}

/** "shortenText" in the spelling of files and folders: "shorten-text". */
function kebabCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function identifier(field: string, value: string): string {
  if (!IDENTIFIER.test(value)) {
    throw new GeneratorRefusal(
      `The ${field} "${value}" must be in camelCase, letters from a to z and digits, such as "shortenText". ${USAGE}`,
    )
  }
  const reason = whyReserved(value)
  if (reason === null) return value
  throw new GeneratorRefusal(
    `The ${field} cannot be used: ${reason}. Choose another, such as "shortenText".`,
  )
}

function meterOf(value: string): string {
  const meters = Object.keys(catalog.meters)
  if (meters.includes(value)) return value
  const nearest = nearestSlug(value, meters)
  const hint = nearest ? `Did you mean "${nearest}"?` : `There are ${meters.join(', ')}.`
  throw new GeneratorRefusal(
    `"${value}" is not a meter of pricing.yaml. ${hint} A new one: edit pricing.yaml, then \`pnpm pricing:gen\`. ${USAGE}`,
  )
}

const USAGE = 'Usage: pnpm gen billed-procedure <group> <name> <meter>'
