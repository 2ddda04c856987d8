import { type Browser, chromium } from 'playwright-core'
import { findChromium } from './find-chromium.ts'

/** Starts the Chromium of this machine, headless. */
export function launchChromium(): Promise<Browser> {
  const isRoot = process.getuid?.() === 0
  return chromium.launch({
    executablePath: findChromium(),
    // Chromium's sandbox refuses to run as root, which is who tests are in a container.
    chromiumSandbox: !isRoot,
    // A container's /dev/shm is too small for a page.
    args: ['--disable-dev-shm-usage'],
  })
}
