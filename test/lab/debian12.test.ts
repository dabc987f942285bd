import { describe } from 'vitest';
import { diagnosed } from './suites/found';
import { returning, walk } from './suites/walk';
import { useLab } from './useLab';

describe('debian12', () => {
  const lab = useLab('debian12');
  walk(lab);
  returning(lab);
  diagnosed(lab, 'default');
});
