// The headers of a call that is sent again or passed on, by the rules of HTTP.
import { z } from 'zod';

export const sentHeaderName = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/, 'This is no name of a header.');
/** A line break would add a header. Each use sets its own length. */
export const sentHeaderValue = z
  .string()
  .regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'A header holds no line breaks and no characters beyond Latin-1.');
