import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { BILLING_ERROR_STATUS } from '@tollgate/contract'

const NOT_OURS = /\.test\.tsx?$|\/(fixtures|stand-in|node_modules)\//

/** Every error class in the source that defines codes, with its codes. */
export async function readErrorCodes(root: string): Promise<Map<string, string[]>> {
  const codes = new Map([['BillingError', Object.keys(BILLING_ERROR_STATUS)]])
  for (const file of await sources(root)) {
    const text = await readFile(file, 'utf8')
    for (const { name, body } of errorClasses(text)) {
      const own = codesOf(body, text)
      if (own.length > 0) codes.set(name, own)
    }
  }
  return codes
}

async function sources(root: string): Promise<string[]> {
  const found: string[] = []
  for (const group of ['packages', 'apps']) {
    for (const name of await readdir(path.join(root, group))) {
      const directory = path.join(root, group, name, 'src')
      const files = await readdir(directory, { recursive: true }).catch(() => [])
      found.push(...files.map((file) => path.join(directory, file)))
    }
  }
  return found.filter((file) => /\.tsx?$/.test(file) && !NOT_OURS.test(file))
}

function errorClasses(text: string): { name: string; body: string }[] {
  return [...text.matchAll(/^(?:export )?class (\w+) extends \w*Error \{(.*?)^\}/gms)].map(
    ([, name = '', body = '']) => ({ name, body }),
  )
}

function codesOf(body: string, text: string): string[] {
  const declaration = /readonly code[^\n]+/.exec(body)?.[0] ?? ''
  // `BillingError['kind']` names the codes of another class.
  const own = declaration.replaceAll(/\w+\['\w+'\]/g, '')
  const named = [...own.matchAll(/\b[A-Z]\w+\b/g)].map(([name]) => aliasOf(name, text))
  return [own, ...named].flatMap(literals)
}

function aliasOf(name: string, text: string): string {
  const alias = new RegExp(`type ${name} =(.*?)(?=\\n\\n|\\n(?:export|type|/\\*\\*))`, 's')
  return alias.exec(text)?.[1] ?? ''
}

function literals(text: string): string[] {
  return [...text.matchAll(/'([^']+)'/g)].map(([, literal = '']) => literal)
}
