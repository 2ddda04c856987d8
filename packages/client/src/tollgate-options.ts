import type { AnyRouter } from '@trpc/server'
import type { IntentStore } from './intents/create-intent-store.ts'
import type { Connection } from './links.ts'
import type { StreamPath } from './router/stream-path.ts'
import type { Transformer } from './transformer.ts'

/** What a client for this router has to be given. */
export type TollgateOptions<Router extends AnyRouter> = Connection &
  StreamsOption<StreamPath<Router>> &
  TransformerOption<Router['_def']['_config']['$types']['transformer']> & {
    /** Keeps open clicks; by default only for as long as the program runs. */
    intents?: IntentStore
  }

/** There when the router has procedures that answer piece by piece, which are read another way and must be known before the call. */
type StreamsOption<Path extends string> = [Path] extends [never]
  ? { streams?: never }
  : {
      /** Every procedure that answers piece by piece. */
      streams: { [Name in Path]: true }
    }

/** There when the router has one. */
type TransformerOption<IsTransformed> = IsTransformed extends true
  ? {
      /** The one of the server's tRPC root, such as superjson. */
      transformer: Transformer
    }
  : { transformer?: never }
