import { findChromium } from './find-chromium.ts'
import { launchChromium } from './launch-chromium.ts'

/** Loads a page in the browser that the tests will use, and returns a line that identifies it. */
export async function checkBrowser(): Promise<string> {
  const found = await findChromium()
  const browser = await launchChromium(found)
  try {
    const page = await browser.newPage()
    await page.goto('data:text/html,<title>ready</title>')
    if ((await page.title()) !== 'ready') throw new Error(`${found.executablePath} loads no page.`)
  } finally {
    await browser.close()
  }
  return `Browser: ${found.version}, ${ORIGINS[found.source]} (${found.executablePath})`
}

const ORIGINS = {
  CHROMIUM_PATH: 'named by CHROMIUM_PATH',
  installed: 'installed on this machine',
  npm: 'from npm',
  Playwright: 'downloaded by Playwright',
} as const
