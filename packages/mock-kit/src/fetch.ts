/** The one seam of the project: transport, authentication, journal and application are all of this type, so they stack. */
export type Fetch = (request: Request) => Promise<Response>
