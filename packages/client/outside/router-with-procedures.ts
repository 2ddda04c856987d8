import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Gives the unpacked client's router a branch `many` with this many billed procedures, in the form the compiler writes. */
export async function routerWithProcedures(directory: string, count: number): Promise<void> {
  for (const file of await readdir(directory)) {
    const path = join(directory, file)
    const text = await readFile(path, 'utf8')
    const start = text.indexOf('declare const appRouter')
    if (start === -1) continue
    const at = text.indexOf('    tools: {', start)
    if (at === -1) throw new Error('The router has no `tools` branch to put others beside.')
    const mutation = /[\w.]+MutationProcedure/.exec(text.slice(start))?.[0]
    const procedures = Array.from({ length: count }, (_, number) => procedure(mutation, number))
    await writeFile(
      path,
      `${text.slice(0, at)}    many: {\n${procedures.join('')}    };\n${text.slice(at)}`,
    )
    return
  }
  throw new Error('No declaration of the router was found.')
}

function procedure(mutation: string | undefined, number: number): string {
  return `        procedure${number}: ${mutation}<{
            input: { prompt: string; size?: ${number} | undefined; style?: 'a' | 'b' | undefined };
            output: { id: ${number}; url: string; width: number; tags: string[] };
            meta: object;
        }>;
`
}
