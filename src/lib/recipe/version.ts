/** Version of the program, as in package.json (a test keeps the two together). */
export const SIFTBOOK_VERSION = '0.1.0';
