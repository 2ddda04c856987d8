import { isTransient, SQLSTATE } from '@tollgate/database'

/** The size and the concurrency of batches. */
export type BatchLimits = {
  maxBatchSize: number
  maxBytes: number
  maxConcurrentBatches: number
}

/** The answer to an element that needs the second statement. */
export const LEFT_OUT = Symbol('left out')

/**
 * Batches concurrent calls into one statement, one round trip and one commit. There is no timer: a free slot takes everything that is
 * waiting on the next turn of the event loop. A customer is never in two concurrent batches, so waiting for a locked account blocks only
 * one slot, and no batch has two elements with the same identity.
 *
 * `send` must be idempotent and answer once per element, in order; what it leaves out goes to `sendLeftOut`. A statement
 * that the database refuses or undoes is halved until only the element to blame fails; one whose fate is unknown fails for its
 * members, who may retry.
 */
export function createBatcher<Element extends { customerId: string }, Answer>(options: {
  send: Send<Element, Answer | typeof LEFT_OUT>
  sendLeftOut: Send<Element, Answer>
  limits: BatchLimits
  /** Unique among the elements of one statement. */
  identityOf: (element: Element) => string
  /** How much of `maxBytes` an element takes; 0 by default. */
  bytesOf?: (element: Element) => number
}): (element: Element) => Promise<Answer> {
  const { limits, identityOf, bytesOf = () => 0 } = options
  const busy = new Set<string>()
  let underWay = 0
  let scheduled = false
  let queue: Waiting<Element, Answer>[] = []

  function takeNext(): Waiting<Element, Answer>[] {
    const taken: Waiting<Element, Answer>[] = []
    const left: Waiting<Element, Answer>[] = []
    const identities = new Set<string>()
    let bytes = 0
    let full = false
    for (const waiting of queue) {
      const { element } = waiting
      const identity = identityOf(element)
      const mustWait =
        busy.has(element.customerId) || identities.has(`${element.customerId}\n${identity}`)
      const size = mustWait ? 0 : bytesOf(element)
      // Nothing overtakes an element that did not fit, so large ones do not starve.
      full ||= taken.length >= limits.maxBatchSize
      full ||= taken.length > 0 && bytes + size > limits.maxBytes
      if (mustWait || full) {
        left.push(waiting)
      } else {
        taken.push(waiting)
        identities.add(`${element.customerId}\n${identity}`)
        bytes += size
      }
    }
    queue = left
    return taken
  }

  function sendNext(): void {
    scheduled = false
    while (underWay < limits.maxConcurrentBatches) {
      const next = takeNext()
      if (next.length === 0) return
      void dispatch(next)
    }
  }

  function schedule(): void {
    if (scheduled || queue.length === 0 || underWay >= limits.maxConcurrentBatches) return
    scheduled = true
    setImmediate(sendNext)
  }

  async function dispatch(members: Waiting<Element, Answer>[]): Promise<void> {
    const customers = new Set(members.map(({ element }) => element.customerId))
    for (const customer of customers) busy.add(customer)
    underWay += 1
    const leftOut = await answerAll(options.send, members)
    await answerAll(options.sendLeftOut, leftOut)
    underWay -= 1
    for (const customer of customers) busy.delete(customer)
    schedule()
  }

  return (element) =>
    new Promise((resolve, reject) => {
      queue.push({ element, resolve, reject })
      schedule()
    })
}

type Send<Element, Answer> = (elements: readonly Element[]) => Promise<readonly Answer[]>

type Waiting<Element, Answer> = {
  element: Element
  resolve(answer: Answer): void
  reject(error: unknown): void
}

/** Never throws: errors reject the members they concern. Returns the members that were left out. */
async function answerAll<Element, Answer>(
  send: Send<Element, Answer | typeof LEFT_OUT>,
  members: readonly Waiting<Element, Answer>[],
): Promise<Waiting<Element, Answer>[]> {
  if (members.length === 0) return []
  try {
    const answers = await send(members.map(({ element }) => element))
    return members.filter(({ resolve, reject }, index) => {
      const answer = answers[index]
      if (answer === LEFT_OUT) return true
      if (answer === undefined) reject(new Error('The database did not answer for every element.'))
      else resolve(answer)
      return false
    })
  } catch (error) {
    if (members.length > 1 && (!isTransient(error) || wasUndone(error))) {
      const half = Math.ceil(members.length / 2)
      const first = await answerAll(send, members.slice(0, half))
      return [...first, ...(await answerAll(send, members.slice(half)))]
    }
    for (const { reject } of members) reject(error)
    return []
  }
}

/** Errors after which a statement has certainly done nothing; a smaller one conflicts with fewer others. */
const UNDONE: ReadonlySet<string> = new Set([
  SQLSTATE.serializationFailure,
  SQLSTATE.deadlockDetected,
  SQLSTATE.lockNotAvailable,
])

function wasUndone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && UNDONE.has(String(error.code))
}
