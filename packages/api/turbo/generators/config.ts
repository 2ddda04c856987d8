import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { PlopTypes } from '@turbo/gen'
import { addRouterRow } from './add-router-row.ts'
import { type Names, readNames } from './read-names.ts'

/** `pnpm gen billed-procedure <group> <name> <meter>`: everything a billed procedure needs, without the network. */
export default function generators(plop: PlopTypes.NodePlopAPI): void {
  const api = plop.getDestBasePath()
  plop.setGenerator('billed-procedure', {
    description: 'A procedure that costs credits: the procedure, its test, its row',
    prompts: [
      { type: 'input', name: 'group', message: 'Group of the router (text, images, tools, …)' },
      { type: 'input', name: 'name', message: 'Name of the procedure (translate)' },
      { type: 'input', name: 'meter', message: 'Meter it is counted on (ai_tokens)' },
    ],
    actions: (answers = {}) => actionsFor(api, readNames(answers)),
  })
}

function actionsFor(api: string, names: Names): PlopTypes.ActionType[] {
  const procedure = `src/${names.folder}/${names.file}.ts`
  const test = `src/${names.folder}/${names.file}.test.ts`
  const router = 'src/router.ts'
  // Before anything is written, so that a refusal leaves nothing behind.
  for (const file of [procedure, test]) {
    if (existsSync(path.join(api, file))) {
      throw new Error(
        `${names.path} is there already: packages/api/${file}. Choose another name, or edit that file.`,
      )
    }
  }
  return [
    { type: 'add', path: procedure, templateFile: 'templates/procedure.ts.hbs', data: names },
    { type: 'add', path: test, templateFile: 'templates/procedure.test.ts.hbs', data: names },
    () => rewrite(api, router, (text) => addRouterRow(text, names)),
    () => format(api, [procedure, test, router]),
  ]
}

function rewrite(api: string, file: string, change: (text: string) => string): string {
  const target = path.join(api, file)
  writeFileSync(target, change(readFileSync(target, 'utf8')))
  return file
}

function format(api: string, files: string[]): string {
  const root = path.join(api, '../..')
  const paths = files.map((file) => path.relative(root, path.join(api, file)))
  execFileSync(process.execPath, [path.join(root, 'node_modules/oxfmt/bin/oxfmt'), ...paths], {
    cwd: root,
    stdio: 'ignore',
  })
  return 'formatted'
}
