import { accessSync, constants } from 'node:fs'
import { chromiumPath } from './config.ts'

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** The browser installed on this machine, for playwright-core, which brings none. */
export function findChromium(): string {
  const named = chromiumPath()
  const candidates = named === undefined ? USUAL_PLACES : [named]
  const found = candidates.find(isExecutable)
  if (found !== undefined) return found
  throw new Error(
    `No Chromium at ${candidates.join(', ')}. Install one (Debian: apt-get install chromium) or set CHROMIUM_PATH.`,
  )
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
