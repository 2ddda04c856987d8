import { AsyncLocalStorage } from 'node:async_hooks'
import { type Database, isUnavailable } from '@tollgate/database'
import { isLastOwner } from './is-last-owner.ts'

/** Reports outages and constraint violations of a database that a library would turn into an error or a response of its own. */
export type WatchedDatabase = {
  database: Database
  /** Throws the original outage or constraint violation instead of the library's failure. */
  revealOutages<Answer>(work: () => Promise<Answer>): Promise<Answer>
}

/** The sign-in library answers a lost connection with 500, and at sign-up with 422; only its statements reveal the cause. */
export function watchOutages(database: Database): WatchedDatabase {
  const met = new AsyncLocalStorage<{ outage: unknown }>()
  const note = (error: unknown): never => {
    const seen = met.getStore()
    if (seen && (isUnavailable(error) || isLastOwner(error))) seen.outage = error
    throw error
  }
  const pool = watch(database.pool, note)
  return {
    database: { ...database, pool },
    async revealOutages(work) {
      const seen: { outage: unknown } = { outage: null }
      try {
        const answer = await met.run(seen, work)
        const isRefusal = answer instanceof Response && answer.status >= 400
        if (isRefusal && seen.outage !== null) throw seen.outage
        return answer
      } catch (error) {
        throw seen.outage ?? error
      }
    },
  }
}

/** A proxy that watches every promise the object returns, including those of a pool's connections. */
function watch<Target extends object>(target: Target, note: (error: unknown) => never): Target {
  return new Proxy(target, {
    get(self, name) {
      const member: unknown = Reflect.get(self, name, self)
      // Libraries inspect the constructor to see what they were given.
      if (typeof member !== 'function' || name === 'constructor') return member
      return (...given: unknown[]) => {
        const result: unknown = Reflect.apply(member, self, given)
        if (!(result instanceof Promise)) return result
        return result.then(
          (value: unknown) => (isConnection(value) ? watch(value, note) : value),
          note,
        )
      }
    },
  })
}

function isConnection(value: unknown): value is object {
  return typeof value === 'object' && value !== null && 'release' in value
}
