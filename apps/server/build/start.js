// `npm start`: installs and builds what has changed since the last start, then runs the built server in this very process.
// Plain JavaScript with only Node's modules, because nothing is installed on a fresh clone.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import './end-with-npm.js'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const SERVER = path.join(ROOT, 'apps/server')
const WEB = path.join(ROOT, 'apps/web')
const PROGRAM = path.join(SERVER, 'dist/start/server.js')

const manifests = [
  'package.json',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  ...workspaces().map((workspace) => `${workspace}/package.json`),
]
const { packageManager } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'))
whenChanged('node_modules/.tollgate-install', manifests, () =>
  run(ROOT, 'npx', ['-y', packageManager, 'install', '--frozen-lockfile', ...wanted()]),
)

const sources = workspaces().flatMap((workspace) => sourcesOf(workspace))
whenChanged('apps/web/dist/.tollgate-build', [...manifests, ...sources], () =>
  run(WEB, process.execPath, ['node_modules/vite/bin/vite.js', 'build']),
)
whenChanged('apps/server/dist/start/.tollgate-build', [...manifests, ...sources], () =>
  run(SERVER, process.execPath, ['--import', 'tsx', 'build/bundle-for-start.ts', PROGRAM]),
)

process.setSourceMapsEnabled(true)
await import(pathToFileURL(PROGRAM).href)

/**
 * Runs a step unless these files are unchanged since its last success, as recorded in a stamp.
 * @param {string} stamp
 * @param {readonly string[]} files
 * @param {() => void} step
 */
function whenChanged(stamp, files, step) {
  const file = path.join(ROOT, stamp)
  const digest = digestOf(files)
  if (existsSync(file) && readFileSync(file, 'utf8') === digest) return
  step()
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, digest)
}

/** @param {readonly string[]} files */
function digestOf(files) {
  const hash = createHash('sha256').update(process.version)
  for (const file of files.toSorted()) {
    hash.update(`\n${file}\n`).update(readFileSync(path.join(ROOT, file)))
  }
  return hash.digest('hex')
}

/** What the server, its commands, the billing backend and the Studio need; the phone app and the guide add hundreds of packages. */
function wanted() {
  return ['devtools', 'billing', 'web'].flatMap((app) => ['--filter-prod', `@tollgate/${app}...`])
}

function workspaces() {
  return ['apps', 'packages'].flatMap((group) =>
    readdirSync(path.join(ROOT, group))
      .map((name) => `${group}/${name}`)
      .filter((workspace) => existsSync(path.join(ROOT, workspace, 'package.json'))),
  )
}

/** @param {string} workspace */
function sourcesOf(workspace) {
  return readdirSync(path.join(ROOT, workspace), { withFileTypes: true })
    .filter(
      ({ name }) =>
        !['node_modules', 'dist', 'test-results'].includes(name) && !name.startsWith('.'),
    )
    .flatMap((entry) => {
      const place = `${workspace}/${entry.name}`
      if (!entry.isDirectory()) return [place]
      return readdirSync(path.join(ROOT, place), { recursive: true, withFileTypes: true })
        .filter((file) => file.isFile() && !/\.(?:test|e2e|faults)\./.test(file.name))
        .map((file) => path.relative(ROOT, path.join(file.parentPath, file.name)))
    })
}

/**
 * @param {string} cwd
 * @param {string} command
 * @param {readonly string[]} args
 */
function run(cwd, command, args) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit' })
  if (error) throw error
  if (status !== 0) process.exit(status ?? 1)
}
