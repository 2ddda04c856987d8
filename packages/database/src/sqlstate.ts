/** The SQLSTATEs that our programs distinguish, by their PostgreSQL names. */
export const SQLSTATE = {
  readOnlySqlTransaction: '25006',
  serializationFailure: '40001',
  deadlockDetected: '40P01',
  lockNotAvailable: '55P03',
  adminShutdown: '57P01',
  crashShutdown: '57P02',
  cannotConnectNow: '57P03',
  internalError: 'XX000',
} as const
