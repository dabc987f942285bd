/** What reads a file and plans it; with the parser of YAML it is a part of its own, which few sessions need. */
export { readDeclared } from '../../declared/readDeclared';
export { writeDeclared } from '../../declared/writeDeclared';
export { adopted } from '../../planning/declared/adopted';
export { loadDeclared } from '../../planning/declared/load';
export { planDeclared } from '../../planning/declared/planDeclared';
export { rounds } from './requests';
