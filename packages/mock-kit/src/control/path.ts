/** The path under which every twin has its control plane. */
export const controlPath = '/__mock'
