/** What carries a request to an answer: the platform's `fetch`, a twin in process, or any of the decorators around them. */
export type Fetch = (request: Request) => Promise<Response>
