import { existsSync } from 'node:fs'
import path from 'node:path'
import { runCommand } from '../processes/run-command.ts'

/** How to run a revision's server: arguments for Node, in a directory. */
export type Program = { args: readonly string[]; cwd: string }

/** Builds the server as `npm start` of its revision does: bundled if the revision has a bundler, otherwise as TypeScript. */
export async function buildServer(directory: string): Promise<Program> {
  const cwd = path.join(directory, 'apps/server')
  const bundler = 'build/bundle-for-start.ts'
  if (!existsSync(path.join(cwd, bundler))) return { args: ['--import', 'tsx', 'src/main.ts'], cwd }
  const program = path.join(cwd, 'dist/start/server.js')
  await runCommand(process.execPath, ['--import', 'tsx', bundler, program], { cwd })
  return { args: ['--enable-source-maps', program], cwd }
}
