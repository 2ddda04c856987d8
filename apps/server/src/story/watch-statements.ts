import { testPostgresUrl } from '@tollgate/testing/database'
import { createPostgresProxy } from '@tollgate/testing/faults'

/** The statements of a server that reaches its databases by way of `through`. */
export type StatementWatch = {
  /** The address of the same database, watched. */
  through(url: string): string
  /** Runs it so often that nothing which comes at its own time is taken for a part of it, each time after `before`; answers what every run executed. */
  perRun(
    runs: number,
    steps: { before?: () => Promise<unknown>; run: () => Promise<unknown> },
  ): Promise<string[]>
  close(): Promise<void>
}

/** What a server does meanwhile by itself, or notifies others of after a call: relay, sweep, sync and notifications. */
const BEHIND =
  /^(?:begin|commit|rollback|listen|set|show)\b|\bpg_notify\b|\bmetering\.\w*(?:claim|deliver|backlog|sync|sweep|expire|forget|beat)/i

/** Watches every statement between a server and PostgreSQL. */
export async function watchStatements(): Promise<StatementWatch> {
  const proxy = await createPostgresProxy({ targetPort: Number(new URL(testPostgresUrl()).port) })
  return {
    through: proxy.through,
    async perRun(runs, { before, run }) {
      const seen = new Map<string, number>()
      for (let index = 0; index < runs; index += 1) {
        await before?.()
        proxy.decide(({ text }) => {
          if (!BEHIND.test(text)) seen.set(text, (seen.get(text) ?? 0) + 1)
          return null
        })
        await run()
        proxy.decide(() => null)
      }
      return [...seen].flatMap(([text, count]) =>
        Array<string>(Math.floor(count / runs)).fill(text),
      )
    },
    close: proxy.close,
  }
}
