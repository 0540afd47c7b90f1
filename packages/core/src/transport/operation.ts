import type { OperationRequestBodyContent, SuccessResponseJSON } from 'openapi-typescript-helpers'
import type { Message } from './request.ts'

// What the types that are generated from a document say of one of its operations.

/** Members that may be undefined, too, since those are not sent. */
type Loose<Type> = { readonly [Name in keyof Type]: Type[Name] | undefined }

/** Numbers may stand for texts, since a path is text anyway. */
type Path<Operation> = Operation extends { parameters: { path: infer Values } }
  ? { readonly path: { readonly [Name in keyof Values]: Values[Name] | number } }
  : object
type Query<Operation> = Operation extends { parameters: { query?: infer Values } }
  ? { readonly query?: Loose<Values> }
  : object
type Body<Operation> = Operation extends { requestBody?: never }
  ? object
  : { readonly body: Loose<NonNullable<OperationRequestBodyContent<Operation>>> }

/** What it takes. */
export type MessageOf<Operation> = Path<Operation> &
  Query<Operation> &
  Body<Operation> &
  Pick<Message, 'secrets' | 'as'>

/** What it answers with success. */
export type DataOf<Operation> = SuccessResponseJSON<Operation & Record<string, unknown>>
