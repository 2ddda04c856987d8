import { type Mutant, mutant, routine } from './mutant.ts'

const COPY = 'src/shards/copy-bucket.ts'
const MOVE = 'src/shards/move-bucket-alone.ts'
const OWN = '  perform metering.own_bucket(p_bucket);\n'

/** Mistakes that show when customers are spread over two databases, between which their buckets move. */
export const SHARD_MUTANTS: readonly Mutant[] = [
  mutant('a routine serves a bucket of another shard', ['S2'], [routine('mark_progress'), OWN, '']),
  mutant(
    'a routine of the relay serves a bucket of another shard',
    ['S2'],
    [routine('claim_deliveries'), OWN, ''],
  ),
  mutant(
    'every call goes to one shard',
    ['guard 23514'],
    ['src/shards/render-proxy-functions.ts', 'run on metering.shard_of(p_bucket)', 'run on 0'],
  ),
  mutant(
    'a table stays behind on the shard that a bucket leaves',
    ['I3', 'I3b', 'I5'],
    [COPY, `c.relname <> 'bucket'`, `c.relname not in ('bucket', 'further_hold')`],
  ),
  mutant(
    'a bucket is looked for on its new shard before it is there',
    ['guard 23514'],
    [
      MOVE,
      '  const rows = await copyBucket(',
      '  await setRoute(proxy, bucket, to)\n  const rows = await copyBucket(',
    ],
  ),
  mutant(
    'the shard that a bucket leaves goes on owning it',
    ['S1', 'S2', 'S3'],
    [MOVE, `'delete from metering.bucket where bucket = $1'`, `'select $1::smallint'`],
  ),
].map((each) => ({ ...each, isOfShards: true }))
