export { drawPicture } from './draw-picture.ts'
export { PICTURE_STYLES } from './picture-style.ts'
