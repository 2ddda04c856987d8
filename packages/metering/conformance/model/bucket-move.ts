import type { Database, Row, Statement } from '@tollgate/database'
import { moveBucketAlone } from '../../src/shards/move-bucket-alone.ts'
import type { Shard } from '../../src/shards/shard.ts'
import { bucketOf } from '../../src/store/metering-database.ts'
import { NEVER } from './schedule.ts'
import type { ScratchShards } from './scratch.ts'
import { pointOf } from './store-view.ts'
import type { World } from './world.ts'

/** How a customer's bucket moves. */
export type MoveStory = {
  customer: 0 | 1
  to: 0 | 1
  /** After how many of its statements the move is interrupted; null when it is not. */
  dies: number | null
  /** Whether the bucket then moves back. */
  returns: boolean
}

/** Starts moving a bucket while everything else continues: each statement of the move is an effect of the schedule. */
export async function startMove(world: World, story: MoveStory): Promise<void> {
  const { shards } = world.scratch
  const customer = world.customers[story.customer]
  if (!shards || !customer) return
  await finishMove(world)
  const bucket = bucketOf(
    { ...world.scratch.database, bucketCount: world.scratch.bucketCount },
    customer.customerId,
  )
  const mover = createMover(world, shards, story.dies)
  const move = { bucket, to: story.returns ? 1 - story.to : story.to, end: mover.end }
  world.move = move
  world.endings.push(mover.end)
  const moving = moveBucketAlone({ ...mover.parts, bucket, to: story.to }, isAlone).then(
    ({ rows }) => {
      noteMoved(world, rows)
      if (world.move === move) world.move = null
    },
    (error: unknown) => noteFailed(world, error),
  )
  const running = Promise.race([moving, mover.death]).then(() => {
    world.running.delete(running)
  })
  world.running.add(running)
}

/** Kills an unfinished move and runs it again from the start, as an operator would, while nothing else happens. */
export async function finishMove(world: World): Promise<void> {
  const { move } = world
  const { shards } = world.scratch
  if (!move || !shards) return
  move.end()
  try {
    const { rows } = await moveBucketAlone({ ...shards, bucket: move.bucket, to: move.to }, isAlone)
    world.coverage.reach('move made again')
    await shards.align()
    noteMoved(world, rows)
  } catch (error) {
    noteFailed(world, error)
  }
  world.move = null
}

/** The world has one move at a time: the lock against concurrent moves would wait in real time. */
async function isAlone(): Promise<void> {}

function noteMoved(world: World, rows: number): void {
  if (rows === 0) return
  world.coverage.reach('bucket moved')
  const isAtWork = world.history.some(
    ({ endedAt, worked }) => endedAt === null && worked.length > 0,
  )
  if (isAtWork) world.coverage.reach('bucket moved while calls work')
  // Rows have changed place although no effect of a process has proceeded.
  world.checkedAt = -1
}

function noteFailed(world: World, error: unknown): void {
  world.misfits.push({ id: 'S3', title: 'a bucket can be moved', details: String(error) })
}

type Step = <T>(label: string, act: () => Promise<T>) => Promise<T>

/** Moves a bucket; dies after `dies` statements. */
function createMover(world: World, { proxy, shards, align }: ScratchShards, dies: number | null) {
  let isDead = false
  let isInside = false
  let steps = 0
  let die: () => void = () => {}
  const death = new Promise<void>((resolve) => {
    die = resolve
  })
  const end = () => {
    isDead = true
    die()
  }
  const step: Step = (label, act) => {
    // Statements inside a transaction belong to its step.
    if (isInside) return act()
    return world.schedule.pass(`mover ${label}`, async () => {
      world.turn += 1
      if (!isDead && steps === dies) {
        world.coverage.reach('move interrupted')
        end()
      }
      steps += 1
      if (isDead) return NEVER
      isInside = true
      const answer = await act().finally(() => (isInside = false))
      await align()
      return answer
    })
  }
  return {
    death,
    end,
    parts: {
      proxy: stepping(proxy, 'proxy', step),
      shards: shards.map((shard, position): Shard => ({
        ...shard,
        database: stepping(shard.database, `shard ${position}`, step),
      })),
    },
  }
}

function stepping(database: Database, name: string, step: Step): Database {
  return {
    ...database,
    query: <R extends Row>(statement: Statement) =>
      step(`${name} ${pointOf(statement)}`, () => database.query<R>(statement)),
    transaction: (work) => step(`${name} transaction`, () => database.transaction(work)),
  }
}
