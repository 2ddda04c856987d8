import type { AnyRouter } from '@trpc/server'
import type { IntentStore } from './intents/create-intent-store.ts'
import type { Connection } from './links.ts'
import type { StreamPath } from './router/stream-path.ts'
import type { Transformer } from './transformer.ts'

/** The options of a client for this router. */
export type TollgateOptions<Router extends AnyRouter> = Connection &
  StreamsOption<StreamPath<Router>> &
  TransformerOption<Router['_def']['_config']['$types']['transformer']> & {
    /** Stores open clicks; by default in memory, until the program ends. */
    intents?: IntentStore
  }

/** Required when the router has streaming procedures, which are read differently and must be known before the call. */
type StreamsOption<Path extends string> = [Path] extends [never]
  ? { streams?: never }
  : {
      /** Every streaming procedure. */
      streams: { [Name in Path]: true }
    }

/** Required when the router has a transformer. */
type TransformerOption<IsTransformed> = IsTransformed extends true
  ? {
      /** The same as in the server's tRPC root, such as superjson. */
      transformer: Transformer
    }
  : { transformer?: never }
