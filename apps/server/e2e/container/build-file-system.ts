import { chown, cp, mkdir, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Instruction, Stage } from '../../fixtures/read-dockerfile.ts'
import { runToEnd } from './run-to-end.ts'
import { trackedFiles } from './tracked-files.ts'

/** An image that a Dockerfile describes, built in a folder. */
export type FileSystem = {
  root: string
  workingDirectory: string
  environment: Record<string, string>
  user: { uid: number; gid: number }
  entrypoint: string[]
  healthCheck: string[]
}

type Build = { context: string; folder: string; writeBase: (root: string) => Promise<void> }

/**
 * Executes the steps of a Dockerfile in folders below `folder`, without a daemon: commands run on this machine's Node, with the
 * stage's folder in place of `/`, and the last stage starts from the output of `writeBase`.
 */
export async function buildFileSystem(stages: readonly Stage[], build: Build): Promise<FileSystem> {
  const roots = new Map<string, string>()
  let system = emptySystem(build.folder)
  for (const [index, stage] of stages.entries()) {
    system = emptySystem(path.join(build.folder, stage.name ?? `stage-${index}`))
    roots.set(stage.name ?? String(index), system.root)
    await mkdir(system.root, { recursive: true })
    if (index === stages.length - 1) await build.writeBase(system.root)
    for (const instruction of stage.instructions)
      await execute(instruction, { system, build, roots })
  }
  return system
}

function emptySystem(root: string): FileSystem {
  const user = { uid: 0, gid: 0 }
  return { root, workingDirectory: '/', environment: {}, user, entrypoint: [], healthCheck: [] }
}

async function execute(
  { keyword, text }: Instruction,
  step: { system: FileSystem; build: Build; roots: ReadonlyMap<string, string> },
): Promise<void> {
  const { system } = step
  switch (keyword) {
    case 'WORKDIR':
      system.workingDirectory = path.posix.resolve(system.workingDirectory, text)
      await mkdir(placeIn(system, '.'), { recursive: true })
      return
    case 'COPY':
      return copy(text.split(/\s+/), step)
    case 'RUN':
      await runToEnd('bash', ['-euc', text], placeIn(system, '.'))
      return
    case 'ENV':
      for (const pair of text.split(/\s+/)) {
        const [name = '', value = ''] = pair.split('=')
        system.environment[name] = value
      }
      return
    case 'USER': {
      const [uid = 0, gid = 0] = text.split(':').map(Number)
      system.user = { uid, gid }
      return
    }
    case 'ENTRYPOINT':
      system.entrypoint = JSON.parse(text)
      return
    case 'HEALTHCHECK':
      system.healthCheck = JSON.parse(text.slice(text.indexOf('CMD ') + 'CMD '.length))
      return
    case 'EXPOSE':
    case 'LABEL':
    case 'VOLUME':
      return
    default:
      throw new Error(`A step that this build does not know: ${keyword} ${text}`)
  }
}

async function copy(
  words: readonly string[],
  {
    system,
    build,
    roots,
  }: { system: FileSystem; build: Build; roots: ReadonlyMap<string, string> },
): Promise<void> {
  const flags = new Map(
    words
      .filter((word) => word.startsWith('--'))
      .map((word) => [word.split('=')[0], word.split('=')[1]]),
  )
  const [source = '', target = ''] = words.filter((word) => !word.startsWith('--'))
  const destination = placeIn(system, target)
  const from = flags.get('--from')
  if (from === undefined) return copyContext(build.context, destination)
  const origin = path.join(roots.get(from) ?? '', source)
  await cp(origin, destination, { recursive: true, verbatimSymlinks: true })
  const owner = flags.get('--chown')?.split(':').map(Number)
  if (owner) await changeOwner(destination, owner)
}

/** Copies the tracked files, which are what the ignore file leaves of a clone. */
async function copyContext(context: string, destination: string): Promise<void> {
  for (const file of await trackedFiles(context)) {
    await cp(path.join(context, file), path.join(destination, file))
  }
}

async function changeOwner(place: string, [uid = 0, gid = 0]: number[]): Promise<void> {
  await chown(place, uid, gid)
  if (!(await stat(place)).isDirectory()) return
  for (const name of await readdir(place)) await changeOwner(path.join(place, name), [uid, gid])
}

function placeIn({ root, workingDirectory }: FileSystem, place: string): string {
  return path.join(root, path.posix.resolve(workingDirectory, place))
}
