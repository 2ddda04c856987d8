import { useTollgate } from '../../connection/tollgate-context.ts'

/** Draws a QR code; one click is charged at most once. */
export function useMakeQrCode() {
  return useTollgate().useBilled((api) => api.tools.qrCode)
}
