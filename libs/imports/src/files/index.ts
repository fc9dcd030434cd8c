/** Files as people send them: what kind they are, what they decode to, their rows, and a thread to read them in. */
export { UnreadableFile, type Address, type FileSource } from './types';
