package library

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// hashOf returns the SHA-256 of data in hexadecimal: the name of its bytes.
func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// place returns where the bytes of this hash stand below dir.
func place(dir, hash string) string { return filepath.Join(dir, hash[:2], hash) }

// writeBytes keeps data below dir so that it survives a power cut: written aside,
// flushed, renamed. Bytes that are there already stay.
func writeBytes(dir, hash string, data []byte) error {
	path := place(dir, hash)
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(folder, "new-")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return flushFolder(folder)
}

// flushFolder makes a new name in the folder durable.
func flushFolder(folder string) error {
	d, err := os.Open(folder) // #nosec G304 -- in the data directory
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// readBytes returns the bytes of this hash and refuses them when they are not
// what they were.
func readBytes(dir, hash string) ([]byte, error) {
	data, err := os.ReadFile(place(dir, hash))
	if err != nil {
		return nil, err
	}
	if hashOf(data) != hash {
		return nil, fmt.Errorf("file %s was changed on the disk", hash)
	}
	return data, nil
}

func removeBytes(dir, hash string) error {
	if err := os.Remove(place(dir, hash)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
