import { type Browser, chromium } from 'playwright-core'
import { browserEnvironment } from '../config.ts'
import { type Chromium, findChromium } from './find-chromium.ts'

/** Starts this machine's browser, headless. */
export async function launchChromium(found?: Chromium): Promise<Browser> {
  const { source, executablePath, environment } = found ?? (await findChromium())
  const isRoot = process.getuid?.() === 0
  const isPackaged = source === 'CHROMIUM_PATH' || source === 'installed'
  return chromium.launch({
    executablePath,
    env: browserEnvironment(environment),
    // Not as root, which tests in a container run as; and systems only allow user namespaces to packaged browsers.
    chromiumSandbox: isPackaged && !isRoot,
    // A container's /dev/shm is too small for a page.
    args: ['--disable-dev-shm-usage'],
  })
}
