import fc from 'fast-check'
import { type MoveStory, startMove } from './bucket-move.ts'
import type { MakeCommand } from './targeted-commands.ts'
import type { World } from './world.ts'

/** A move takes a dozen statements; most interruptions are in the middle of one. */
const STEPS = 12

/** Moves of a bucket during its customer's calls, some of them interrupted; only when customers are spread over two databases. */
export function moveCommands(command: MakeCommand): fc.Arbitrary<fc.AsyncCommand<object, World>>[] {
  const story = fc.record<MoveStory>({
    customer: fc.constantFrom(0, 0, 1),
    to: fc.constantFrom(0, 1),
    dies: fc.oneof(fc.constant(null), fc.nat({ max: STEPS })),
    returns: fc.boolean(),
  })
  return [0, 1, 2].map(() =>
    story.map((drawn) =>
      command(`a bucket moves: ${JSON.stringify(drawn)}`, (world) => startMove(world, drawn)),
    ),
  )
}
