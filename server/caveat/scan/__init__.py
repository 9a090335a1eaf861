"""Scanning many pages: from files of any kind to rows of pages and findings, in processes, and resumable."""
