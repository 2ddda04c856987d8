import { trpc, useBilledMutation } from '@tollgate/client/react'

/** Draws a QR code; one click is charged at most once. */
export function useMakeQrCode() {
  return useBilledMutation(trpc.tools.qrCode)
}
