import { randomFillSync } from 'node:crypto'

/** Random bytes are fetched for many ids at once: one call per id would cost more than everything else here. */
const POOL_BYTES = 1024
const ID_BYTES = 10
const pool = Buffer.allocUnsafe(POOL_BYTES)
let used = POOL_BYTES

/** A UUIDv7: consecutive ids are adjacent in an index, however large it is. */
export function newOperationId(now: number = Date.now()): string {
  if (used + ID_BYTES > POOL_BYTES) {
    randomFillSync(pool)
    used = 0
  }
  const random = pool.toString('hex', used, used + ID_BYTES)
  used += ID_BYTES
  const time = now.toString(16).padStart(12, '0')
  const variant = '89ab'.charAt(Number.parseInt(random.charAt(3), 16) & 3)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(4, 7)}-${random.slice(8, 20)}`
}
