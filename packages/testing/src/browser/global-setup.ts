import { checkBrowser } from './check-browser.ts'

/** Ends a run of browser tests before it starts a server, when there is no browser. */
export async function setup(): Promise<void> {
  process.stdout.write(`${await checkBrowser()}\n`)
}
