/** One user action. */
export type Click =
  | { path: 'images.generate'; input: { prompt: string; style: 'paper' } }
  | { path: 'tools.qrCode'; input: { text: string } }

/** How many clicks of each kind a free customer can afford; a hundred in total. */
export const AFFORDED = { 'images.generate': 5, 'tools.qrCode': 95 } as const

/** A hundred different clicks: pictures interspersed among QR codes. */
export function hundredClicks(name: string): Click[] {
  return Array.from({ length: 100 }, (_, number): Click => {
    const text = `${name} ${number}`
    return number % 20 === 7
      ? { path: 'images.generate', input: { prompt: text, style: 'paper' } }
      : { path: 'tools.qrCode', input: { text } }
  })
}
