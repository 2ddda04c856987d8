import { checkBrowser } from './check-browser.ts'

/** Fails a run of browser tests before it starts a server, if there is no browser. */
export async function setup(): Promise<void> {
  process.stdout.write(`${await checkBrowser()}\n`)
}
