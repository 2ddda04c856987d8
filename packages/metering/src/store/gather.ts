import { isTransient } from '@tollgate/database'

/** How much one statement may carry, and how many may be under way. */
export type GatherLimits = {
  elementsMax: number
  bytesMax: number
  statementsAtOnce: number
}

/**
 * Lets calls that are made at the same time share a statement, and with it a round trip and a commit. There is no timer:
 * a call that finds a free lane is sent at once, alone; calls that come meanwhile go together when a lane is free again.
 * A customer is never in two lanes, so whoever waits for a locked account holds up one lane and no more.
 *
 * `send` must be repeatable and answer once per element, in order. A statement that the database refuses is halved until
 * only the element to blame fails; one whose fate is unknown fails for its members, who may ask again.
 */
export function createGatherer<Element extends { customerId: string }, Answer>(options: {
  send: (elements: readonly Element[]) => Promise<readonly Answer[]>
  limits: GatherLimits
  /** How much of `bytesMax` an element takes; nothing unless said. */
  bytesOf?: (element: Element) => number
}): (element: Element) => Promise<Answer> {
  const { limits, send, bytesOf = () => 0 } = options
  const busy = new Set<string>()
  let underWay = 0
  // Whenever a lane is free, everybody in here is a customer who is busy.
  let queue: Waiting<Element, Answer>[] = []

  function enqueue(waiting: Waiting<Element, Answer>): void {
    if (underWay < limits.statementsAtOnce && !busy.has(waiting.element.customerId)) {
      void dispatch([waiting])
    } else {
      queue.push(waiting)
    }
  }

  function takeNext(): Waiting<Element, Answer>[] {
    const taken: Waiting<Element, Answer>[] = []
    const left: Waiting<Element, Answer>[] = []
    let bytes = 0
    let full = false
    for (const waiting of queue) {
      const isBusy = busy.has(waiting.element.customerId)
      const size = isBusy ? 0 : bytesOf(waiting.element)
      // Nobody overtakes one that did not fit, so a large one is never left behind.
      full ||= taken.length >= limits.elementsMax
      full ||= taken.length > 0 && bytes + size > limits.bytesMax
      if (isBusy || full) {
        left.push(waiting)
      } else {
        taken.push(waiting)
        bytes += size
      }
    }
    queue = left
    return taken
  }

  async function dispatch(members: Waiting<Element, Answer>[]): Promise<void> {
    const customers = new Set(members.map(({ element }) => element.customerId))
    for (const customer of customers) busy.add(customer)
    underWay += 1
    await answerAll(send, members)
    underWay -= 1
    for (const customer of customers) busy.delete(customer)
    while (underWay < limits.statementsAtOnce) {
      const next = takeNext()
      if (next.length === 0) return
      void dispatch(next)
    }
  }

  return (element) =>
    new Promise((resolve, reject) => {
      enqueue({ element, resolve, reject })
    })
}

type Waiting<Element, Answer> = {
  element: Element
  resolve(answer: Answer): void
  reject(error: unknown): void
}

/** Never throws: whatever happens is told to those it happened to. */
async function answerAll<Element, Answer>(
  send: (elements: readonly Element[]) => Promise<readonly Answer[]>,
  members: readonly Waiting<Element, Answer>[],
): Promise<void> {
  try {
    const answers = await send(members.map(({ element }) => element))
    for (const [index, { resolve, reject }] of members.entries()) {
      const answer = answers[index]
      if (answer === undefined) reject(new Error('The database did not answer for every element.'))
      else resolve(answer)
    }
  } catch (error) {
    if (members.length > 1 && !isTransient(error)) {
      const half = Math.ceil(members.length / 2)
      await answerAll(send, members.slice(0, half))
      await answerAll(send, members.slice(half))
      return
    }
    for (const { reject } of members) reject(error)
  }
}
