/** The maximum size of the image, uncompressed. */
export const IMAGE_BYTES_MAX = 250_000_000
