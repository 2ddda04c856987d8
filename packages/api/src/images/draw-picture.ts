export const PICTURE_STYLES = ['aurora', 'paper', 'night'] as const
export type PictureStyle = (typeof PICTURE_STYLES)[number]
/** todo */
export async function drawPicture(_: {
  prompt: string
  style: PictureStyle
  hd: boolean
  signal: AbortSignal
}): Promise<{ png: Buffer; width: number; height: number }> {
  throw new Error('todo')
}
