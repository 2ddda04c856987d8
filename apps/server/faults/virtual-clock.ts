import type { Database } from '@tollgate/database'

/** Time as metering's tables know it, in a test's hands. */
export type VirtualClock = {
  /** From now on, so many virtual seconds pass in a real one. */
  runAt(speed: number): Promise<void>
}

/** Puts the clock of the metering tables `behindMs` behind the machine's; it never goes back. */
export async function createVirtualClock(
  tollgate: Database,
  behindMs: number,
): Promise<VirtualClock> {
  const replace = async (virtual: string, speed: number) => {
    await tollgate.query({
      text: `create or replace function metering.clock() returns timestamptz language sql volatile parallel safe as
             $$ select timestamptz '${virtual}' + (clock_timestamp() - timestamptz '${await realNow()}') * ${speed} $$`,
    })
  }
  const read = async (text: string) => (await tollgate.query<{ at: string }>({ text }))[0]?.at ?? ''
  const realNow = () => read('select clock_timestamp()::text as at')
  const behind = await read(
    `select (clock_timestamp() - interval '${behindMs} milliseconds')::text as at`,
  )
  await replace(behind, 1)
  return {
    runAt: async (speed) => replace(await read('select metering.clock()::text as at'), speed),
  }
}
